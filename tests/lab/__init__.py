"""What an analyst sees and does in a real JupyterLab, driven by Chromium."""
