import NotionAPI
import Testing

@Suite struct PropertyIDTests {
    @Test(arguments: [
        ("%5BWk%3F", "[Wk?"), ("title", "title"), ("ph%25n", "ph%n"), ("iK%3DN", "iK=N"), ("%e2%82%ac", "€"),
        ("broken%", "broken%"), ("broken%4", "broken%4"), ("%zz", "%zz"), ("%FF", "%FF"), ("", ""),
    ])
    func `an id is decoded once where it can be`(written: String, decoded: String) {
        #expect(PropertyID(written).decoded == decoded)
        #expect(PropertyID(written).written == written)
    }

    @Test func `both forms of an id are one`() {
        #expect(PropertyID("%5BWk%3F") == PropertyID("[Wk?"))
        #expect(PropertyID("%5bWk%3f") == PropertyID("%5BWk%3F"))
        #expect(Set([PropertyID("iK%3DN"), PropertyID("iK=N")]).count == 1)
        #expect(PropertyID("ph%25n") != PropertyID("ph%2525n"))
    }
}
