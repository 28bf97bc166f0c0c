"""The data for others: package, GeoJSON, GeoPackage, DCAT-AP-SE, HSDS."""
