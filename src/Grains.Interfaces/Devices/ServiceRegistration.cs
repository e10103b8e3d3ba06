using System.Collections.Immutable;

namespace Dwapi.Grains.Devices;

/// <summary>What is known of a service from its latest announcement.</summary>
/// <param name="ServiceId">Unique within the tenant; <c>[A-Za-z0-9._:-]</c> only (DECISIONS 4).</param>
/// <param name="EdgeId">The edge that announced it last; calls are forwarded there.</param>
/// <param name="Name">Display name, never empty.</param>
/// <param name="Manufacturer">Manufacturer, "" when unknown.</param>
/// <param name="Version">Version of the device or plug-in, "" when unknown.</param>
/// <param name="Type">Network: WiFi, BLE, NFC, Bluetooth or USB; "" when unknown.</param>
/// <param name="Online">False when every edge that announces it said so; the state of the edge's link comes on top (DECISIONS 4).</param>
/// <param name="Scopes">Discovery scopes, such as thermometer, or weight and bca.</param>
/// <param name="Profiles">Profiles with their attributes.</param>
/// <param name="Device">The device object's members as UTF-8 JSON, without the outer braces and without batteryLevel.</param>
/// <param name="Approval">Whether the plug-in wants to be asked for each application.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ServiceRegistration")]
public sealed record ServiceRegistration(
    [property: Id(0)] string ServiceId,
    [property: Id(1)] string EdgeId,
    [property: Id(2)] string Name,
    [property: Id(3)] string Manufacturer,
    [property: Id(4)] string Version,
    [property: Id(5)] string Type,
    [property: Id(6)] bool Online,
    [property: Id(7)] ImmutableArray<string> Scopes,
    [property: Id(8)] ImmutableArray<ServiceProfile> Profiles,
    [property: Id(9)] ReadOnlyMemory<byte> Device,
    [property: Id(10)] PluginApproval Approval);
