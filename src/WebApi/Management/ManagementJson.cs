using System.Text.Json;
using System.Text.Json.Serialization;
using Dwapi.WebApi.Management.Applications;
using Dwapi.WebApi.Management.Approvals;
using Dwapi.WebApi.Management.Devices;
using Dwapi.WebApi.Management.Edges;
using Dwapi.WebApi.Management.Printers;
using Dwapi.WebApi.Management.Server;

namespace Dwapi.WebApi.Management;

/// <summary>Serialization of the management API, generated at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ApprovalView[]))]
[JsonSerializable(typeof(ApprovalDecision))]
[JsonSerializable(typeof(ApplicationView[]))]
[JsonSerializable(typeof(ClientView[]))]
[JsonSerializable(typeof(TokenView[]))]
[JsonSerializable(typeof(OriginKey))]
[JsonSerializable(typeof(EdgeView[]))]
[JsonSerializable(typeof(NewEdge))]
[JsonSerializable(typeof(EdgeKey))]
[JsonSerializable(typeof(EdgeSwitch))]
[JsonSerializable(typeof(DevicePage))]
[JsonSerializable(typeof(MeasurementPage))]
[JsonSerializable(typeof(PrinterStatusView[]))]
[JsonSerializable(typeof(PrinterChange))]
[JsonSerializable(typeof(PrintJobChange))]
[JsonSerializable(typeof(PrintJobEnd))]
[JsonSerializable(typeof(ServerView))]
[JsonSerializable(typeof(Login))]
internal sealed partial class ManagementJson : JsonSerializerContext;
