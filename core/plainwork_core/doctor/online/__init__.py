"""The part of the doctor that asks AWS: it reads only, and writes nothing but the lock of `--try-lock`.

It requires boto3: `pip install "plainwork[doctor]"`.
"""

from plainwork_core.doctor.online.examination import examine

__all__ = ["examine"]
