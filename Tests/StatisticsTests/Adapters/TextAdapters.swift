import Statistics

extension FixtureAdapter {
    static let vader = FixtureAdapter("vader") { fixture in
        let result = Sentiment.score(try fixture.input.string)
        return [
            "neg": .number(result.negative), "neu": .number(result.neutral), "pos": .number(result.positive),
            "compound": .number(result.compound),
        ]
    }

    static let language = FixtureAdapter("language_id") { fixture in
        .string(LanguageIdentification.identify(try fixture.input.string).code)
    }

    /// The kind of identifier is said by the name of the case alone.
    static let identifiers = FixtureAdapter("id_validators") { fixture in
        let name = fixture.id.lowercased()
        let rules: [(String, (String) -> Bool)] = [
            ("luhn", IdentifierRules.passesLuhn), ("ssn", IdentifierRules.isSocialSecurityNumber),
            ("itin", IdentifierRules.isTaxpayerNumber), ("ein", IdentifierRules.isEmployerNumber),
            ("iban", IdentifierRules.isBankAccount), ("mbi", IdentifierRules.isMedicareNumber),
            ("uscis", IdentifierRules.isImmigrationReceipt), ("phone", IdentifierRules.isNorthAmericanPhone),
            ("nanp", IdentifierRules.isNorthAmericanPhone), ("card", IdentifierRules.isPaymentCard),
        ]
        guard let rule = rules.first(where: { name.contains($0.0) }) else { throw FixtureError("no rule for \(name)") }
        return .of(try fixture.input.strings.map(rule.1))
    }

    /// The fixture's rules are structural: words before a number are not read.
    static let personalData = FixtureAdapter("pii_text") { fixture in
        let text = try fixture.input.string
        let bytes = Array(text.utf8)
        return .array(
            PersonalDataScan.spans(in: text, readsContext: false).map { span in
                [
                    .string(span.kind.rawValue), .string(String(decoding: bytes[span.bytes], as: UTF8.self)),
                    .integer(PersonalDataScan.scalarOffset(ofByte: span.bytes.lowerBound, in: text)),
                ]
            })
    }

    static let nearDuplicates = FixtureAdapter("near_duplicates") { fixture in
        let input = fixture.input
        if let bands = input.optional("bands") {
            guard let index = LocalitySensitiveIndex(bands: try bands.int, rows: try input["rows"].int)
            else { throw FixtureError("refused") }
            return [
                "p_candidate": .of(try input["s"].doubles.map { index.candidateProbability($0) }),
                "threshold": .number(index.threshold),
            ]
        }
        guard let texts = input.optional("texts") else {
            return .of(try input.strings.map { String(TextHash.fnv1a($0.utf8)) })
        }
        func numbers(_ key: String) throws -> [UInt64] { try input[key].strings.compactMap { UInt64($0) } }
        guard
            let family = MinHash.Family(
                multipliers: try numbers("a_u64_strings"), offsets: try numbers("b_u64_strings"))
        else { throw FixtureError("refused") }
        let shingles = try texts.strings.map { Shingles($0, size: try input["shingle"].int) }
        let signatures = shingles.map { MinHash($0, family: family) }
        let prints = shingles.map { SimHash.fingerprint($0) }
        var pairs: [JSON] = []
        for i in shingles.indices {
            for j in shingles.indices where j > i {
                pairs.append([
                    .integer(i), .integer(j), .number(shingles[i].jaccard(shingles[j])),
                    .of(signatures[i].similarity(signatures[j])), .integer(SimHash.distance(prints[i], prints[j])),
                ])
            }
        }
        return [
            "signature_first_8_u64_strings": .of(signatures.map { $0.signature.prefix(8).map { String($0) } }),
            "pairs": .array(pairs), "simhash_u64_strings": .of(prints.map { String($0) }),
        ]
    }
}
