"""The letterbox (群众意见): what residents write about the promises, and the yearly public appraisal (群众评议)."""
