import Hummingbird
import CCrypto
import CZlib
