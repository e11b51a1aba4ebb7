import RealModule

/// Layer normalisation: each row to mean 0 and variance 1, then scaled and shifted.
struct LayerNorm: Sendable {
    private let weight: [Float]
    private let bias: [Float]

    init(_ file: TensorFile, _ name: String, _ width: Int) throws(EncoderError) {
        weight = try file.floats(name + ".weight", shape: [width])
        bias = try file.floats(name + ".bias", shape: [width])
    }

    func apply(_ rows: inout [Float]) {
        let width = weight.count
        for start in stride(from: 0, to: rows.count, by: width) {
            var mean: Float = 0
            for k in 0..<width { mean += rows[start + k] }
            mean /= Float(width)
            var variance: Float = 0
            for k in 0..<width {
                let distance = rows[start + k] - mean
                variance += distance * distance
            }
            let scale = 1 / (variance / Float(width) + 1e-12).squareRoot()
            for k in 0..<width { rows[start + k] = (rows[start + k] - mean) * scale * weight[k] + bias[k] }
        }
    }
}

/// A dense layer: `y = xWᵀ + b`.
struct DenseLayer: Sendable {
    private let weight: [Float]
    private let bias: [Float]
    private let inputs: Int
    let outputs: Int

    init(_ file: TensorFile, _ name: String, inputs: Int, outputs: Int) throws(EncoderError) {
        weight = try file.floats(name + ".weight", shape: [outputs, inputs])
        bias = try file.floats(name + ".bias", shape: [outputs])
        self.inputs = inputs
        self.outputs = outputs
    }

    func apply(_ rows: [Float]) -> [Float] {
        let count = rows.count / inputs
        return Array(unsafeUninitializedCapacity: count * outputs) { result, filled in
            rows.withUnsafeBufferPointer { x in
                weight.withUnsafeBufferPointer { w in
                    // A row of weights is read once for four pieces at a time: the weights do not fit the cache.
                    for output in 0..<outputs {
                        var row = 0
                        while row + 4 <= count {
                            let sums = Self.dots(x, row * inputs, w, output * inputs, inputs)
                            for lane in 0..<4 { result[(row + lane) * outputs + output] = bias[output] + sums[lane] }
                            row += 4
                        }
                        while row < count {
                            result[row * outputs + output] =
                                bias[output] + Self.dot(x, row * inputs, w, output * inputs, inputs)
                            row += 1
                        }
                    }
                }
            }
            filled = count * outputs
        }
    }

    /// Products of one row of weights with four rows of input.
    @inline(__always)
    private static func dots(
        _ x: UnsafeBufferPointer<Float>, _ from: Int, _ w: UnsafeBufferPointer<Float>, _ start: Int, _ count: Int
    ) -> SIMD4<Float> {
        guard let xs = x.baseAddress, let ws = w.baseAddress else { return .zero }
        let a = UnsafeRawPointer(xs + from)
        let b = UnsafeRawPointer(ws + start)
        let stride = 4 * count
        var first = SIMD8<Float>.zero
        var second = SIMD8<Float>.zero
        var third = SIMD8<Float>.zero
        var fourth = SIMD8<Float>.zero
        var k = 0
        while k + 8 <= count {
            let place = 4 * k
            let weights = b.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
            first += a.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self) * weights
            second += a.loadUnaligned(fromByteOffset: place + stride, as: SIMD8<Float>.self) * weights
            third += a.loadUnaligned(fromByteOffset: place + 2 * stride, as: SIMD8<Float>.self) * weights
            fourth += a.loadUnaligned(fromByteOffset: place + 3 * stride, as: SIMD8<Float>.self) * weights
            k += 8
        }
        var sums = SIMD4<Float>(first.sum(), second.sum(), third.sum(), fourth.sum())
        while k < count {
            let columns = SIMD4<Float>(
                xs[from + k], xs[from + count + k], xs[from + 2 * count + k], xs[from + 3 * count + k])
            sums += columns * ws[start + k]
            k += 1
        }
        return sums
    }

    /// Two vectors of eight sums side by side: the compiler turns them into vector instructions.
    @inline(__always)
    private static func dot(
        _ x: UnsafeBufferPointer<Float>, _ from: Int, _ w: UnsafeBufferPointer<Float>, _ start: Int, _ count: Int
    ) -> Float {
        guard let xs = x.baseAddress, let ws = w.baseAddress else { return 0 }
        let a = UnsafeRawPointer(xs + from)
        let b = UnsafeRawPointer(ws + start)
        var first = SIMD8<Float>.zero
        var second = SIMD8<Float>.zero
        var k = 0
        while k + 16 <= count {
            let place = 4 * k
            let low = a.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
            first += low * b.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
            let high = a.loadUnaligned(fromByteOffset: place + 32, as: SIMD8<Float>.self)
            second += high * b.loadUnaligned(fromByteOffset: place + 32, as: SIMD8<Float>.self)
            k += 16
        }
        var sum = (first + second).sum()
        while k < count {
            sum += xs[from + k] * ws[start + k]
            k += 1
        }
        return sum
    }
}

/// One transformer layer: self-attention and feed-forward, each with residual and layer norm.
struct EncoderLayer: Sendable {
    private let query: DenseLayer
    private let key: DenseLayer
    private let value: DenseLayer
    private let mixed: DenseLayer
    private let attentionNorm: LayerNorm
    private let inner: DenseLayer
    private let outer: DenseLayer
    private let outputNorm: LayerNorm
    private let heads: Int
    private let hidden: Int

    init(_ file: TensorFile, _ index: Int, _ shape: SentenceEncoder.Shape) throws(EncoderError) {
        let name = "encoder.layer.\(index)."
        hidden = shape.hidden
        heads = shape.heads
        query = try DenseLayer(file, name + "attention.self.query", inputs: hidden, outputs: hidden)
        key = try DenseLayer(file, name + "attention.self.key", inputs: hidden, outputs: hidden)
        value = try DenseLayer(file, name + "attention.self.value", inputs: hidden, outputs: hidden)
        mixed = try DenseLayer(file, name + "attention.output.dense", inputs: hidden, outputs: hidden)
        attentionNorm = try LayerNorm(file, name + "attention.output.LayerNorm", hidden)
        inner = try DenseLayer(file, name + "intermediate.dense", inputs: hidden, outputs: shape.inner)
        outer = try DenseLayer(file, name + "output.dense", inputs: shape.inner, outputs: hidden)
        outputNorm = try LayerNorm(file, name + "output.LayerNorm", hidden)
    }

    func apply(_ state: inout [Float], pieces: Int) {
        let context = attention(query.apply(state), key.apply(state), value.apply(state), pieces)
        add(mixed.apply(context), to: &state)
        attentionNorm.apply(&state)
        var wide = inner.apply(state)
        let root = Float(0.5).squareRoot()
        for index in wide.indices { wide[index] *= 0.5 * (1 + Float.erf(wide[index] * root)) }
        add(outer.apply(wide), to: &state)
        outputNorm.apply(&state)
    }

    private func add(_ change: [Float], to state: inout [Float]) {
        for index in state.indices { state[index] += change[index] }
    }

    private func attention(_ q: [Float], _ k: [Float], _ v: [Float], _ pieces: Int) -> [Float] {
        let width = hidden / heads
        let scale = 1 / Float(width).squareRoot()
        var context: [Float] = Array(repeating: 0, count: pieces * hidden)
        var weights: [Float] = Array(repeating: 0, count: pieces)
        for head in 0..<heads {
            let offset = head * width
            for from in 0..<pieces {
                var top = -Float.infinity
                for to in 0..<pieces {
                    var sum: Float = 0
                    for d in 0..<width { sum += q[from * hidden + offset + d] * k[to * hidden + offset + d] }
                    weights[to] = sum * scale
                    top = max(top, weights[to])
                }
                var total: Float = 0
                for to in 0..<pieces {
                    weights[to] = Float.exp(weights[to] - top)
                    total += weights[to]
                }
                for to in 0..<pieces {
                    let share = weights[to] / total
                    for d in 0..<width { context[from * hidden + offset + d] += share * v[to * hidden + offset + d] }
                }
            }
        }
        return context
    }
}
