"""One function a format: records out, as others read them."""
