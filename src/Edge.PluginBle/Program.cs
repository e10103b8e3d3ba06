using Dwapi.Edge.PluginBle;

return await PluginBleEdge.RunAsync(args);
