"""The verbs of the program. They call ports and know nothing of what stands behind them."""
