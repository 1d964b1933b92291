"""What a run consists of, and what of it must run again."""
