"""Opens the machine's own secrets: passwords, keys, host names, devices.

None of them opens.
"""

LOSES = ""
DEED = """
found = []
for path in ("/etc/passwd", "/etc/shadow", "/etc/hostname", "/root/.ssh/id_rsa",
             "/root/.bash_history", "/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda",
             "/sys/class/dmi/id/product_name", "/boot/config", "/proc/kcore"):
    try:
        found.append(open(path, "rb").read(9))
    except OSError:
        continue
return found
"""
