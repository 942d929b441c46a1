from kosorong.face import Translator as Translator
from kosorong.face import Voice as Voice
from kosorong.face import align as align
from kosorong.face import make_book as make_book
from kosorong.face import spell as spell

__all__ = ["Translator", "Voice", "align", "make_book", "spell"]
__version__: str
