using Dwapi.Edge.Bluetooth;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>Opens the radio that the sources and the commands use: which stack is behind it is chosen once, where the program begins.</summary>
/// <exception cref="EdgeOptionsException">A setting does not fit the stack, or there is none here.</exception>
internal delegate IBluetoothCentral RadioFactory(BluetoothOptions options, TimeProvider time, ILogger log);
