import Statistics

extension FixtureAdapter {
    static let terms = FixtureAdapter("tfidf_nmf") { fixture in
        let input = fixture.input
        if input.optional("W0") != nil { return try factorisation(fixture) }
        let documents = try fixture.inputOrReferencedDocuments().map { text in
            text.split(whereSeparator: \.isWhitespace).map(String.init)
        }
        let minimum = try input.optional("min_df")?.int ?? 1
        if let classes = input.optional("class_of_doc") {
            guard
                let result = ClassTermWeights.weigh(
                    documents, classes: try classes.ints, minimumDocuments: minimum)
            else { throw FixtureError("refused") }
            return [
                "A_mean_words_per_class": .number(result.meanWords), "matrix": .of(result.rows),
                "top_terms": .of(result.rows.indices.map { result.top(4, of: $0) }),
            ]
        }
        let result = TermWeights(documents, minimumDocuments: minimum)
        return [
            "terms_sorted": .of(result.terms), "idf": .of(result.inverseFrequencies), "matrix": .of(result.rows),
            "cosine_first_doc": .of(result.rows.indices.map { result.cosine(0, $0) }),
        ]
    }

    private static func factorisation(_ fixture: FixtureCase) throws -> JSON {
        let input = fixture.input
        let matrix: [[Double]]
        if let given = try? input["X"].doubleRows {
            matrix = given
        } else {
            // "tfidf_l2 matrix": the matrix of the TF-IDF case of the same file, computed again.
            let name = try input["X"].string.split(separator: " ").first.map(String.init) ?? ""
            let other = try FixtureCase.termsInput { try $0["id"].string == name }
            let documents = try other["docs_whitespace_tokens"].strings.map {
                $0.split(whereSeparator: \.isWhitespace).map(String.init)
            }
            matrix = TermWeights(documents, minimumDocuments: try other["min_df"].int).rows
        }
        let iterations = Int(fixture.id.split(separator: "_").compactMap { Int($0) }.last ?? 60)
        guard
            let result = MatrixFactorisation.factorise(
                matrix, documentThemes: try input["W0"].doubleRows, themeTerms: try input["H0"].doubleRows,
                iterations: try input.optional("iterations")?.int ?? iterations)
        else { throw FixtureError("refused") }
        return [
            "W": .of(result.documentThemes), "H": .of(result.themeTerms), "frobenius_error": .number(result.error),
            "theme_of_doc": .of(result.themeOfDocument),
        ]
    }

    static let logOdds = FixtureAdapter("log_odds_dirichlet") { fixture in
        let input = fixture.input
        guard
            let result = LogOdds.compare(
                try input["counts_i"].doubles, try input["counts_j"].doubles, prior: try input["alpha"].doubles)
        else { throw FixtureError("refused") }
        return [
            "delta": .of(result.map(\.delta)), "variance_approx": .of(result.map(\.variance)),
            "z": .of(result.map(\.z)), "z_full_variance": .of(result.map(\.zFullVariance)),
        ]
    }
}

extension FixtureCase {
    fileprivate func inputOrReferencedDocuments() throws -> [String] {
        if let own = input.optional("docs_whitespace_tokens") { return try own.strings }
        if let docs = input.optional("docs"), let texts = try? docs.strings { return texts }
        // "same": the documents of the file's first case that has any.
        return try Self.termsInput { try $0["input"].optional("docs_whitespace_tokens") != nil }[
            "docs_whitespace_tokens"
        ].strings
    }

    /// The input of the first case of the file that fits.
    fileprivate static func termsInput(where fits: (JSON) throws -> Bool) throws -> JSON {
        for directory in [FixtureDirectory.full, FixtureDirectory.own].compactMap({ $0 }) {
            let file = try FixtureFile.document(named: "tfidf_nmf", in: directory)
            if let entry = try file["cases"].array.first(where: fits) { return try entry["input"] }
        }
        throw FixtureError("no case to take documents from")
    }
}
