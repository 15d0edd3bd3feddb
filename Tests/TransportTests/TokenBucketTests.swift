import Testing
import Transport

struct TokenBucketTests {
    @Test func `after a rest the burst goes at once, then requests go at the rate`() {
        var bucket = TokenBucket(ratePerSecond: 2, burst: 3)
        let waits = (0..<6).map { _ in bucket.reserve(units: 1, at: .zero) }
        #expect(waits == [.zero, .zero, .zero, .milliseconds(500), .seconds(1), .milliseconds(1500)])
    }

    @Test func `units flow back with time, up to the burst`() {
        var bucket = TokenBucket(ratePerSecond: 2, burst: 2)
        #expect(bucket.reserve(units: 2, at: .zero) == .zero)
        #expect(bucket.reserve(units: 1, at: .milliseconds(500)) == .zero)
        #expect(bucket.reserve(units: 1, at: .milliseconds(500)) == .milliseconds(500))
        #expect(bucket.reserve(units: 2, at: .seconds(100)) == .zero)
        #expect(bucket.reserve(units: 1, at: .seconds(100)) == .milliseconds(500))
    }

    @Test func `a request larger than the bucket passes and those behind it pay`() {
        var bucket = TokenBucket(ratePerSecond: 10, burst: 5)
        #expect(bucket.reserve(units: 50, at: .zero) == .milliseconds(4500))
        #expect(bucket.reserve(units: 1, at: .zero) == .milliseconds(4600))
        #expect(bucket.reserve(units: 1, at: .seconds(10)) == .zero)
    }

    @Test(arguments: [0.0, -1.0])
    func `no rate is no limit`(rate: Double) {
        var bucket = TokenBucket(ratePerSecond: rate, burst: 1)
        for _ in 0..<100 { #expect(bucket.reserve(units: 50, at: .zero) == .zero) }
        bucket.pause(until: .seconds(3))
        #expect(bucket.reserve(units: 1, at: .seconds(1)) == .seconds(2))
        #expect(bucket.reserve(units: 1, at: .seconds(3)) == .zero)
    }

    @Test func `a pause holds all requests and ends without a burst`() {
        var bucket = TokenBucket(ratePerSecond: 1, burst: 5)
        bucket.pause(until: .seconds(10))
        #expect(bucket.pauseRemaining(at: .seconds(4)) == .seconds(6))
        #expect(bucket.reserve(units: 1, at: .seconds(4)) == .seconds(7))
        #expect(bucket.reserve(units: 1, at: .seconds(4)) == .seconds(8))
        #expect(bucket.pauseRemaining(at: .seconds(10)) == .zero)
    }

    @Test func `a shorter pause does not end a longer one`() {
        var bucket = TokenBucket(ratePerSecond: 1, burst: 1)
        bucket.pause(until: .seconds(10))
        bucket.pause(until: .seconds(5))
        #expect(bucket.pauseRemaining(at: .zero) == .seconds(10))
    }

    @Test func `units given back are there for the next request`() {
        var bucket = TokenBucket(ratePerSecond: 1, burst: 2)
        #expect(bucket.reserve(units: 2, at: .zero) == .zero)
        bucket.refund(units: 2)
        #expect(bucket.reserve(units: 2, at: .zero) == .zero)
        bucket.refund(units: 100)
        #expect(bucket.reserve(units: 3, at: .zero) == .seconds(1))
    }

    @Test func `over a long time no more than rate and burst goes through`() {
        var (bucket, now) = (TokenBucket(ratePerSecond: 3, burst: 3), Duration.zero)
        for _ in 0..<300 { now += bucket.reserve(units: 1, at: now) }
        // 3 at once, the other 297 at three a second.
        #expect(abs((now - .seconds(99)) / .milliseconds(1)) < 1)
    }
}
