"""An encoder by sentence-transformers. Imported where a model is named: it asks for the extra `embedding`."""

from sentence_transformers import SentenceTransformer


def encoder(model):
    """The encoder of a model: its name on the model hub, or the folder it is in."""
    loaded = SentenceTransformer(model, device="cpu")

    def encode(texts):
        return loaded.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)

    return encode
