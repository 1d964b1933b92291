"""What is evaluated: the province, its training, the questionnaire, the regions and the settings of a run."""
