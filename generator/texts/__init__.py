"""What all parts ask of texts: letters, names, sentence ends, quotation marks. No values of the newsletter."""
