import ReconcileModel
import Serving
import TestSupport
import Testing

struct SyncBacklogTests {
    private func backlog(mostPages: Int = 1000) -> SyncBacklog { SyncBacklog(mostPages: mostPages) }

    @Test func `a run waits for two quiet seconds`() {
        var backlog = backlog()
        #expect(backlog.due == nil && backlog.take(at: .seconds(100)) == nil)
        backlog.add(["acm"], at: .seconds(10))
        backlog.add(["film"], at: .seconds(11))
        #expect(backlog.due == .seconds(13))
        #expect(backlog.take(at: .milliseconds(12_999)) == nil)
        #expect(backlog.take(at: .seconds(13)) == SyncBacklog.Batch(prefixes: ["acm", "film"]))
        #expect(backlog.due == nil && backlog.count == 0)
    }

    @Test func `it does not wait for ever`() {
        var backlog = backlog()
        for second in 0...20 { backlog.add(["acm"], at: .seconds(second)) }
        #expect(backlog.due == .seconds(15))
        _ = backlog.take(at: .seconds(20))
        backlog.add(["acm"], at: .seconds(21))
        #expect(backlog.due == .seconds(23))
    }

    @Test func `what asks for nothing starts nothing`() {
        var backlog = backlog()
        backlog.add([], at: .seconds(1))
        #expect(backlog.due == nil)
    }

    @Test func `of too many pages only is remembered that there were`() {
        var backlog = backlog(mostPages: 3)
        for number in 1...3 { backlog.add(PageID.number(number), at: .zero) }
        #expect(backlog.count == 3)
        backlog.add(PageID.number(1), at: .zero)
        #expect(backlog.count == 3)
        for number in 4...9 { backlog.add(PageID.number(number), at: .zero) }
        backlog.add(["acm"], at: .zero)
        #expect(backlog.count == 1)
        #expect(backlog.take(at: .seconds(2)) == SyncBacklog.Batch(prefixes: ["acm"], unnamed: .all))
    }

    @Test func `of too many pages is remembered who may have been spoken of`() {
        var backlog = backlog(mostPages: 3)
        for number in 1...4 { backlog.add(PageID.number(number), of: .these(["acm"]), at: .zero) }
        backlog.add(PageID.number(5), of: .these(["film"]), at: .zero)
        let batch = SyncBacklog.Batch(unnamed: .these(["acm", "film"]))
        #expect(backlog.take(at: .seconds(2)) == batch)
        for number in 1...3 { backlog.add(PageID.number(number), of: .these(["acm"]), at: .seconds(3)) }
        backlog.add(PageID.number(1), of: .these(["film"]), at: .seconds(3))
        #expect(backlog.take(at: .seconds(5))?.pages[PageID.number(1)] == .these(["acm", "film"]))
    }

    @Test func `the last ids are remembered, a bounded number of them`() {
        var recent = RecentDeliveries(capacity: 3)
        func insert(_ ids: String...) -> [Bool] { ids.map { recent.insert($0) } }
        #expect(insert("a", "b", "a", "c", "b") == [true, true, false, true, false])
        #expect(insert("d", "b", "c", "d") == [true, false, false, false])
        #expect(insert("a") == [true])
        #expect(recent.count == 3)
        for number in 0..<1000 { #expect(insert("\(number)") == [true]) }
        #expect(recent.count == 3)
        #expect(insert("999", "997") == [false, false])
    }
}
