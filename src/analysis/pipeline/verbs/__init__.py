"""What the command can do, one module a verb; ``run.py`` beside this folder is the run itself."""
