using Dwapi.Actors.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Adds grain storages that forget everything when the process ends.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    private const string DefaultName = "Default";

    /// <summary>Adds a storage of this name.</summary>
    public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name,
        Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configureOptions?.Invoke(builder.Services.AddOptions<MemoryGrainStorageOptions>(name));
        var storage = new MemoryGrainStorage();
        builder.Services.AddKeyedSingleton<IGrainStorage>(name, storage);
        if (name == DefaultName)
            builder.Services.AddSingleton<IGrainStorage>(storage);
        return builder;
    }

    /// <summary>Adds the default storage.</summary>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder,
        Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null) =>
        builder.AddMemoryGrainStorage(DefaultName, configureOptions);
}
