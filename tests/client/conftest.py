"""A server with toy models, to be asked."""

import toy_serving

toy_bundles_folder = toy_serving.toy_bundles_folder
models = toy_serving.models
server_address = toy_serving.server_address
