"""How fast Citewire builds, beside Hugo, on the same stories, in the same run. `make bench` runs it."""
