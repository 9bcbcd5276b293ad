"""What recipes of small models share: groups, figures, heads as ONNX, and how results are kept. Entry command: ../train."""
