"""Where events lie: concentration against chance, neighbours, local statistics, scans, repeats, hours, predictions."""
