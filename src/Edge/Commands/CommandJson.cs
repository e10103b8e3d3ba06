using System.Text.Json.Serialization;
using Dwapi.Edge.Outbox;

namespace Dwapi.Edge.Commands;

/// <summary>JSON of the commands' results.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutboxStatus))]
[JsonSerializable(typeof(EdgeStatus))]
[JsonSerializable(typeof(DecodeResult))]
[JsonSerializable(typeof(ScanResult))]
[JsonSerializable(typeof(DevicesResult))]
[JsonSerializable(typeof(PairResult))]
[JsonSerializable(typeof(MonitorLine))]
[JsonSerializable(typeof(CaptureResult))]
[JsonSerializable(typeof(DoctorResult))]
[JsonSerializable(typeof(PrintersResult))]
[JsonSerializable(typeof(PrinterKeyResult))]
[JsonSerializable(typeof(FindPrintersResult))]
internal sealed partial class CommandJson : JsonSerializerContext;
