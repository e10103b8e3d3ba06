using System.Globalization;
using Dwapi.Bench.Actors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// dotnet run -c Release --project bench/ActorRuntime
const int Rounds = 5;

var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
builder.UseOrleans();
using var host = builder.Build();
await host.StartAsync();
var measure = new Measurements(host.Services.GetRequiredService<IClusterClient>());

// Warm up: the compiler of hot code works in the background.
for (var i = 0; i < 5; i++)
{
    await measure.SequentialCall(500_000);
    await measure.SequentialCallByKey(500_000);
    await measure.Throughput(500_000);
    await Task.Delay(200);
}

await Report("sequential call", "ns", _ => measure.SequentialCall(3_000_000));
await Report("sequential call with GetGrain", "ns", _ => measure.SequentialCallByKey(2_000_000));
await Report("allocated by a call", "bytes", _ => measure.AllocationOfACall(1_000_000));
await Report("throughput, 256 grains, 2 threads", "calls/s", _ => measure.Throughput(3_000_000));
await Report("idle activation", "bytes", round => measure.IdleActivation(50_000, round));
await host.StopAsync();

static async Task Report(string name, string unit, Func<int, Task<double>> measure)
{
    var figures = new List<double>();
    for (var round = 0; round < Rounds; round++)
        figures.Add(await measure(round));
    figures.Sort();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-36}{figures[Rounds / 2],14:N0} {unit}   ({figures[0]:N0} .. {figures[^1]:N0})"));
}
