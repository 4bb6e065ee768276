"""The Qt-free core of CRT Console: commands in, changes out."""
