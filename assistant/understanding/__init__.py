"""What is asked? From the words and the conversation to a Question, emergencies before all else."""
