"""Let Streamlit keep the files that visitors send on disk and within bounds, not all of them in memory."""

import threading
from collections.abc import Sequence

from streamlit.runtime import memory_uploaded_file_manager
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from mapping.server.kept_uploads import UNUSED_S, KeptUploads


class UploadsOnDisk(MemoryUploadedFileManager):
    """Streamlit's manager of uploaded files, with its files in `KeptUploads`."""

    def __init__(self, upload_endpoint: str) -> None:
        super().__init__(upload_endpoint)
        self._kept: KeptUploads[tuple[str, str]] = KeptUploads()
        self._forgetting: threading.Timer | None = None

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Keep a file that was sent."""
        self._kept.add(session_id, file.file_id, (file.name, file.type), file.data)
        if self._forgetting is None:
            self._forget_later()

    def get_files(self, session_id: str, file_ids: Sequence[str]) -> list[UploadedFileRec]:
        """Give those of a visit's files that are still kept."""
        found = ((each, self._kept.get(session_id, each)) for each in file_ids)
        return [UploadedFileRec(each, *kept[0], kept[1]) for each, kept in found if kept is not None]

    def remove_file(self, session_id: str, file_id: str) -> None:
        """Let go of a file that the visitor took away."""
        self._kept.remove(session_id, file_id)

    def remove_session_files(self, session_id: str) -> None:
        """Let go of a visit's files when it ends."""
        self._kept.end(session_id)

    def _forget_later(self) -> None:
        self._forgetting = threading.Timer(UNUSED_S / 5, self._forget)
        self._forgetting.daemon = True
        self._forgetting.start()

    def _forget(self) -> None:
        self._kept.forget_unused()
        self._forgetting = None
        if self._kept.total_bytes:
            self._forget_later()


def keep_on_disk() -> None:
    """Make Streamlit use it from its next start on: there is no setting for where uploads are kept."""
    memory_uploaded_file_manager.MemoryUploadedFileManager = UploadsOnDisk  # type: ignore[misc]
