"""An encoder by sentence-transformers. Imported where a model is named: it asks for the extra `embedding`."""

from sentence_transformers import SentenceTransformer


def encoder(model):
    """The encoder of a model that is on this machine: its name, or the folder it is in."""
    loaded = SentenceTransformer(model, device="cpu", local_files_only=True)

    def encode(texts):
        return loaded.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)

    return encode
