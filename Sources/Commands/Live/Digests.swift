internal import Crypto

/// Named here, where only the cryptography library is imported: the analyses have a digest of the same name.
typealias MessageDigest = SHA256
