"""The serving side of speech: a voice bundle, run by ONNX Runtime and numpy."""
