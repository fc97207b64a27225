"""What all stages speak of: frozen values, without input or output."""
