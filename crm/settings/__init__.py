"""Settings: `base` reads the environment, `prod`, `dev` and `test` change a few lines each."""
