using Dwapi.Bench;
using Dwapi.Bench.Bare;

// dotnet run -c Release --project bench/Bench
return args is [BareServer.Verb, var port, var directory]
    ? await BareServer.Run(port, directory)
    : await BenchRun.Run(args);
