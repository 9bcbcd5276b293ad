"""Fetches, converts, quantises and checks the models that Bongsu runs. Entry commands: ../fetch_models, ../author_recipe."""
