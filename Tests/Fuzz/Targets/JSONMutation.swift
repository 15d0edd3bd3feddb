import CFuzzer
import Foundation
import JSON

/// Changes JSON in its values, so that most of what comes of it is still JSON: bytes changed blindly seldom are.
///
/// libFuzzer calls it for every new input: <https://github.com/google/fuzzing/blob/master/docs/structure-aware-fuzzing.md>.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int {
    var mutation = JSONMutation(seed: seed)
    let input = Data(UnsafeRawBufferPointer(start: bytes, count: count))
    guard FuzzTarget.current?.isJSON == true, let output = mutation.mutated(input), output.count <= limit else {
        return LLVMFuzzerMutate(bytes, count, limit)
    }
    output.copyBytes(to: bytes, count: output.count)
    return output.count
}

struct JSONMutation {
    /// SplitMix64, so that the same seed makes the same change.
    private var state: UInt64
    /// Values before the one that is changed.
    private var skipped = 0

    init(seed: UInt32) { state = UInt64(seed) }

    /// Nil for what is no JSON, and sometimes, so that broken JSON is tried too.
    mutating func mutated(_ input: Data) -> Data? {
        guard random(8) > 0, let value = try? JSONDecoder().decode(JSON.self, from: input) else { return nil }
        var all: [JSON] = []
        value.collect(into: &all)
        let donor = all[random(all.count)]
        skipped = random(all.count)
        return Data(changed(value, donor: donor).bytes(.sorted))
    }

    private mutating func changed(_ value: JSON, donor: JSON) -> JSON {
        skipped -= 1
        if skipped < 0 { return skipped == -1 ? replacement(of: value, donor: donor) : value }
        switch value {
        case .array(let items): return .array(items.map { changed($0, donor: donor) })
        case .object(let members):
            return .object(JSON.Members(members.map { ($0.name, changed($0.value, donor: donor)) }))
        case .null, .bool, .integer, .number, .string: return value
        }
    }

    private mutating func replacement(of value: JSON, donor: JSON) -> JSON {
        let kind = random(16)
        if kind == 0 { return .null }
        if kind == 1 { return donor }
        switch value {
        case .string(let text): return .string(changed(text))
        case .integer, .number:
            let numbers: [JSON] = [
                0, -1, 1, .number(0.5), .number(1e300), .number(-1e-300), 9_007_199_254_740_992, .number(9.3e18),
            ]
            return numbers[random(numbers.count)]
        case .bool(let isTrue): return .bool(!isTrue)
        case .null: return donor
        case .array(let items): return .array(changed(items, donor: donor))
        case .object(let members): return .object(changed(members, donor: donor))
        }
    }

    private mutating func changed(_ items: [JSON], donor: JSON) -> [JSON] {
        var items = items
        switch random(3) {
        case 0 where !items.isEmpty: items.remove(at: random(items.count))
        case 1 where !items.isEmpty: items += Array(repeating: items[random(items.count)], count: 1 + random(30))
        default: items.insert(donor, at: random(items.count + 1))
        }
        return items
    }

    private mutating func changed(_ members: JSON.Members, donor: JSON) -> JSON.Members {
        var members = members
        guard !members.isEmpty else { return [changed("id"): donor] }
        let key = members[random(members.count)].name
        switch random(4) {
        case 0: members[key] = nil
        case 1:
            let value = members[key]
            members[key] = nil
            members[changed(key)] = value
        case 2: members[changed(key)] = members[key]
        default: members[key] = donor
        }
        return members
    }

    /// libFuzzer's own changes, its dictionary among them, to the text alone.
    private func changed(_ text: String) -> String {
        let limit = text.utf8.count + 64
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            _ = buffer.initialize(from: text.utf8)
            count = LLVMFuzzerMutate(start, text.utf8.count, limit)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func random(_ count: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, count)))
    }
}

extension JSON {
    /// Appends this value and all within it.
    fileprivate func collect(into all: inout [JSON]) {
        all.append(self)
        switch self {
        case .array(let items): for item in items { item.collect(into: &all) }
        case .object(let members): for member in members { member.value.collect(into: &all) }
        case .null, .bool, .integer, .number, .string: break
        }
    }
}
