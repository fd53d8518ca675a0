"""One peer at the same job, in an environment of its own: `python peer_runner.py {build,ask} PEER JSON`.

It knows nothing of safecite and needs nothing of it. `build` reads the passages from a JSONL file, embeds and indexes
them, asks every question, keeps the index in a folder; `ask` opens that folder and asks one question, which is what
somebody waits for who starts the program. The libraries are imported by name: they are in that environment only.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

K = 10
Search = Callable[[str], Any]


class LangChain:
    """LangChain with FAISS."""

    def __init__(self, model: str) -> None:
        settings = {"normalize_embeddings": True}
        embeddings = import_module("langchain_huggingface").HuggingFaceEmbeddings
        self.model = embeddings(model_name=model, model_kwargs={"device": "cpu"}, encode_kwargs=settings)
        self.faiss = import_module("langchain_community.vectorstores").FAISS

    def build(self, passages: list[dict[str, str]], folder: str) -> Search:
        """Index and keep the passages."""
        texts, about = [p["text"] for p in passages], [{"id": p["id"]} for p in passages]
        store = self.faiss.from_texts(texts, self.model, about)
        store.save_local(folder)
        return self._search(store)

    def open(self, folder: str) -> Search:
        """Open what `build` kept; the library wants to be told that the form in which it keeps texts is trusted."""
        return self._search(self.faiss.load_local(folder, self.model, allow_dangerous_deserialization=True))

    def _search(self, store: Any) -> Search:
        return lambda words: store.similarity_search_with_score(words, k=K)


class LlamaIndex:
    """LlamaIndex with FAISS."""

    def __init__(self, model: str) -> None:
        self.core = import_module("llama_index.core")
        embedding = import_module("llama_index.embeddings.huggingface").HuggingFaceEmbedding
        self.store = import_module("llama_index.vector_stores.faiss").FaissVectorStore
        self.core.Settings.embed_model = embedding(model_name=model, embed_batch_size=32, device="cpu")
        self.core.Settings.llm = None

    def build(self, passages: list[dict[str, str]], folder: str) -> Search:
        """Index and keep the passages."""
        node = import_module("llama_index.core.schema").TextNode
        flat = import_module("faiss").IndexFlatIP(384)
        context = self.core.StorageContext.from_defaults(vector_store=self.store(faiss_index=flat))
        nodes = [node(text=p["text"], id_=p["id"]) for p in passages]
        index = self.core.VectorStoreIndex(nodes, storage_context=context)
        index.storage_context.persist(persist_dir=folder)
        return self._search(index)

    def open(self, folder: str) -> Search:
        """Open what `build` kept."""
        store = self.store.from_persist_dir(folder)
        context = self.core.StorageContext.from_defaults(vector_store=store, persist_dir=folder)
        return self._search(self.core.load_index_from_storage(context))

    def _search(self, index: Any) -> Search:
        retrieve: Search = index.as_retriever(similarity_top_k=K).retrieve
        return retrieve


class Txtai:
    """txtai, by meaning and by words."""

    def __init__(self, model: str) -> None:
        self.index = import_module("txtai").Embeddings(path=model, hybrid=True, content=True, gpu=False)

    def build(self, passages: list[dict[str, str]], folder: str) -> Search:
        """Index and keep the passages."""
        self.index.index([(p["id"], p["text"]) for p in passages])
        self.index.save(folder)
        return self._search()

    def open(self, folder: str) -> Search:
        """Open what `build` kept."""
        self.index.load(folder)
        return self._search()

    def _search(self) -> Search:
        return lambda words: self.index.search(words, K)


PEERS: dict[str, Callable[[str], Any]] = {"langchain": LangChain, "llamaindex": LlamaIndex, "txtai": Txtai}


def build(peer: str, model: str, passages: str, questions: list[str], folder: str) -> dict[str, Any]:
    """Seconds from the passages' file to a searchable index on disk, and of each question after a first one.

    `cpu_s` are the processor's own seconds of the build, all threads together: less at the mercy of other programs.
    """
    started = time.perf_counter()
    made = PEERS[peer](model)
    ready, cpu = time.perf_counter(), time.process_time()
    with Path(passages).open(encoding="utf-8") as file:
        read = [json.loads(line) for line in file]
    search = made.build(read, folder)
    built, cpu = time.perf_counter(), time.process_time() - cpu
    search(questions[0])
    times = []
    for words in questions:
        begun = time.perf_counter()
        search(words)
        times.append(time.perf_counter() - begun)
    seconds = {"imports_s": ready - started, "seconds": built - ready, "cpu_s": cpu}
    return {"passages": len(read), **seconds, "query_s": times}


def ask(peer: str, model: str, question: str, folder: str) -> dict[str, Any]:
    """How many passages one question found in a kept index."""
    return {"found": len(PEERS[peer](model).open(folder)(question))}


def main() -> None:
    """Do one job and print one line of JSON."""
    os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "true"}
    verb, peer, arguments = sys.argv[1:4]
    do = build if verb == "build" else ask
    record = do(peer, **json.loads(arguments))
    sys.stdout.write("\n" + json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
