"""From notebooks to the site, the PDFs and the archive."""
