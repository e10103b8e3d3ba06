using System.Text;
using Dwapi.Bench.Bare;
using Dwapi.Bench.Load;
using Dwapi.Bench.Results;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Rows;

/// <summary>A one-shot GET with token, origin check, scope and HMAC against Kestrel answering the same bytes.</summary>
internal sealed class OneShotRow : IRow
{
    private const int Connections = 16;
    private const int Devices = 100;

    public string Name => "oneshot";

    public string Summary => "GET of the latest value: rate, CPU, p50 and p99";

    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        using var product = await ProductHost.Start();
        await using var link = await EdgeLink.Open(product.Port, "/gotapi/plugin", "bench", await product.AddEdge("bench"));
        await link.Announce(0, Devices);
        await link.SendOnce(HeartRates.Items(Devices));
        var token = await product.Authorize();
        var targets = Enumerable.Range(0, Devices).Select(d => Target(d, token)).ToArray();
        var answer = (await product.Call(targets[0])).GetRawText();
        if (!answer.Contains("\"hmac\":\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The answer is not signed: " + answer);
        }

        using var bare = await BareHost.Start(Encoding.UTF8.GetBytes(answer));
        using var measured = await HttpLoad.Open(product.Server, product.Port, Connections, targets);
        using var baseline = await HttpLoad.Open(
            bare.Server, bare.Port, Connections, targets.Select(t => BareServer.AnswerPath + t[t.IndexOf('?', StringComparison.Ordinal)..]));
        var pairs = await Pairs.Run(options, measured.Run, baseline.Run);

        yield return Figure.OfPairs(
            Name, "one-shot GET", "requests/s", Pairs.Select(pairs, r => r.PerSecond), Bound.RatioAtLeast(0.70), Bound.RatioAtLeast(0.85));
        yield return Figure.OfPairs(Name, "  per server CPU second", "requests", Pairs.Select(pairs, r => r.PerCpuSecond));
        yield return Figure.OfPairs(Name, "  p50", "ms", Pairs.Select(pairs, r => r.Latencies.Percentile(50)));
        yield return Figure.OfPairs(Name, "  p99", "ms", Pairs.Select(pairs, r => r.Latencies.Percentile(99)), Bound.RatioAtMost(2));
    }

    /// <summary>The GET of a device's heart rate.</summary>
    public static string Target(int device, string token) =>
        $"/gotapi/health/heart?serviceId={HeartRates.ServiceId(device)}&accessToken={Uri.EscapeDataString(token)}&nonce=00112233445566778899aabbccddeeff";
}
