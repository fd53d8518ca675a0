"""Documents in, ranked passages out. No answering and no screen."""

import os
import sys

# Nobody is told what happens here. OpenVINO reports its import over the network where this package is found, and does
# without where it cannot; the others read these variables when they are imported.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # Python's own way to say "not there"
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
