"""From checkpoints to bundles: ONNX graphs built node by node, checked against torch."""
