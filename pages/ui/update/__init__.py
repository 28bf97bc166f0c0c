"""The page Uppdatera: upload, findings, preview, publishing."""
