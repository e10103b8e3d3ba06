using Orleans;
using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>Makes references; the same object serves grains and the code outside of them.</summary>
internal sealed class ActorClient(ActorRuntime runtime) : IClusterClient
{
    public IServiceProvider ServiceProvider => runtime.Services;

    public T GetGrain<T>(Guid primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithGuidKey => Get<T>(GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithIntegerKey => Get<T>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithStringKey => Get<T>(TextKey(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where T : IGrainWithGuidCompoundKey =>
        Get<T>(GrainIdKeyExtensions.CreateGuidKey(primaryKey, Extension(keyExtension)), grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where T : IGrainWithIntegerCompoundKey =>
        Get<T>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey, Extension(keyExtension)), grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) =>
        Get(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey));

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        Get(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey));

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => Get(grainInterfaceType, TextKey(grainPrimaryKey));

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) =>
        Get(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey, Extension(keyExtension)));

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) =>
        Get(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey, Extension(keyExtension)));

    public T GetGrain<T>(GrainId grainId)
        where T : IAddressable => (T)(object)runtime.Catalog.CreateReference(typeof(T), grainId);

    public IAddressable GetGrain(GrainId grainId) => runtime.Untyped(grainId);

    public T CreateObjectReference<T>(IGrainObserver obj)
        where T : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference)
            throw new ArgumentException("This is a reference already.", nameof(obj));
        if (obj is IGrainBase)
            throw new ArgumentException("A grain needs no object reference; use AsReference.", nameof(obj));
        return (T)(object)runtime.Catalog.CreateReference(typeof(T), runtime.AddObserver(obj));
    }

    public void DeleteObjectReference<T>(IGrainObserver obj)
        where T : IGrainObserver
    {
        if (obj is not GrainReference reference)
            throw new ArgumentException("Not a reference made by CreateObjectReference.", nameof(obj));
        if (!runtime.RemoveObserver(reference.GrainId))
            throw new ArgumentException("Reference is not associated with a local object.", nameof(obj));
    }

    private static IdSpan TextKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return IdSpan.Create(key);
    }

    private static string Extension(string keyExtension)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyExtension);
        return keyExtension;
    }

    private T Get<T>(IdSpan key, string? prefix) => (T)(object)runtime.Catalog.CreateReference(typeof(T), key, prefix);

    private IGrain Get(Type type, IdSpan key) => (IGrain)runtime.Catalog.CreateReference(type, key, null);
}
