"""Install JupyterHub's proxy, which is a Node program: `python tools/proxy.py`."""

import node

if __name__ == "__main__":
    node.PROXY.install()
