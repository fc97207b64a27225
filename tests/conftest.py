"""Properties are tried with the same examples on every run; `--hypothesis-profile=default` looks for new ones."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "citewire", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("citewire")
