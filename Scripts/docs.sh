#!/usr/bin/env bash
# DocC for the modules whose documentation is a catalogue, into .build/docs; fails on any warning.
set -euo pipefail
cd "$(dirname "$0")/.."
for module in "${@:-Statistics}"; do
    graphs=".build/symbol-graphs/$module"
    rm -rf "$graphs" ".build/docs/$module"
    mkdir -p "$graphs" .build/docs
    swift build --scratch-path .build-docs --target "$module" -Xswiftc -emit-symbol-graph -Xswiftc -emit-symbol-graph-dir -Xswiftc "$graphs" \
        -Xswiftc -symbol-graph-minimum-access-level -Xswiftc package
    find "$graphs" -name '*.symbols.json' ! -name "$module*.symbols.json" -delete
    docc convert "Sources/$module/$module.docc" --additional-symbol-graph-dir "$graphs" \
        --fallback-display-name "$module" --fallback-bundle-identifier "throughline.$module" \
        --warnings-as-errors --output-path ".build/docs/$module.doccarchive"
    echo "$module: .build/docs/$module.doccarchive"
done
