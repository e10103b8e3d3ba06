using System.Globalization;
using Dwapi.Bench.Store;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;
using Dwapi.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The store alone, without grains and doors: SQLite in a temporary directory, or the PostgreSQL database of ConnectionStrings:Dwapi.
//   dotnet run -c Release --project bench/Store
//   dotnet run -c Release --project bench/Store -- --ConnectionStrings:Dwapi="Host=...;Username=...;Database=..."
const int Rounds = 3;

var directory = Directory.CreateTempSubdirectory("dwapi-bench-");
try
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.Services.AddOptions<DwapiOptions>().BindConfiguration(DwapiOptions.Section).Configure(o => o.DataDirectory = directory.FullName);
    builder.Services.AddDwapiStorage();
    using var host = builder.Build();
    await host.StartAsync();
    var measure = new Measurements(host.Services.GetRequiredService<IMeasurementStore>());

    await measure.Ingest(devices: 64, itemsPerRequest: 20, TimeSpan.FromSeconds(3));
    await Report("1 device, 1 item a request", () => measure.Ingest(1, 1, TimeSpan.FromSeconds(3)));
    await Report("256 devices, 1 item a request", () => measure.Ingest(256, 1, TimeSpan.FromSeconds(3)));
    await Report("256 devices, 20 items a request", () => measure.Ingest(256, 20, TimeSpan.FromSeconds(3)));
    var latest = await measure.Latest(5_000);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"latest of a device",-34}p50 {latest.P50:N0} us, p99 {latest.P99:N0} us"));
    await host.StopAsync();
}
finally
{
    directory.Delete(recursive: true);
}

static async Task Report(string name, Func<Task<Ingested>> measure)
{
    var rounds = new List<Ingested>();
    for (var round = 0; round < Rounds; round++)
        rounds.Add(await measure());
    var median = rounds.OrderBy(static r => r.PerSecond).ElementAt(Rounds / 2);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-34}{median.PerSecond,10:N0} items/s {median.PerProcessSecond,10:N0} per CPU second of this process {median.PerMachineSecond,10:N0} of the machine"));
}
