"""Converts TensorFlow graphs (TFJS GraphModel, TFLite) to ONNX with static shapes.

Reading order: graph.py (what a source graph is), tfjs.py and tflite.py (readers), values.py (tensors with a lazy axis
order), builder.py (the ONNX graph under construction), ops_*.py (one small function per operator), lower.py (the loop).
"""
